"""The dataset about itself: VoID, DCAT, dumps, sitemaps, and how to cite it."""
