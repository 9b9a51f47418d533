"""What a JSON Schema says to people on the way to one of its places."""

from dataclasses import dataclass, field
from typing import Any

Schema = dict[str, Any]


@dataclass
class SchemaContext:
    """What the schema tells people on the way to an error: of the mapping, and of the key in it."""

    root: Schema
    mapping: str = "file"
    keys: Schema = field(default_factory=dict)
    title: str = "value"
    advice: str = ""
    examples: list[Any] = field(default_factory=list)

    def follow(self, path: list[Any]) -> "SchemaContext":
        """Read what stands along a path to a keyword of the schema, following references where the path needs it."""
        schema: Any = self.root
        self._note(schema)
        for step in path[:-1]:
            schema = self._holding(step, schema)[step]
            self._note(schema)
        self._holding(path[-1], schema)
        return self

    def _holding(self, step: str | int, schema: Any) -> Any:
        while isinstance(schema, dict) and step not in schema:
            schema = self.resolved(schema)
            self._note(schema)
        return schema

    def resolved(self, schema: Schema) -> Schema:
        """The definition that a schema refers to."""
        found: Schema = self.root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        return found

    def of_key(self, key: str) -> Schema:
        """The schema of a key of the mapping, where it says something."""
        schema = self.keys.get(key)
        if not isinstance(schema, dict):
            return {}
        return schema if "errorMessage" in schema or "$ref" not in schema else self.resolved(schema)

    def _note(self, schema: Any) -> None:
        if not isinstance(schema, dict):
            return
        if "title" in schema and "properties" in schema:
            self.mapping, self.keys = schema["title"], schema["properties"]
        self.title = schema.get("title", self.title)
        if "errorMessage" in schema:
            self.advice, self.examples = schema["errorMessage"], schema.get("examples", [])
