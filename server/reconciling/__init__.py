"""The Reconciliation Service API: names of people and parties matched with ours."""
