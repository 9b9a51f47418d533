// Reads a JSON array of JSON-LD documents and writes the array of their N-Quads. Nothing is fetched.
import jsonld from "jsonld";

const documentLoader = (url) => { throw new Error(`the document asks for ${url}`); };
let text = "";
for await (const part of process.stdin) text += part;
const written = [];
for (const document of JSON.parse(text)) {
  written.push(await jsonld.toRDF(document, { format: "application/n-quads", documentLoader, safe: true }));
}
process.stdout.write(JSON.stringify(written));
