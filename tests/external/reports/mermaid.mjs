// Reads a flowchart with Mermaid itself, which is installed below MODULES together with jsdom.
//
// usage: mermaid.mjs MODULES CHART
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, chart] = process.argv.slice(2);
const installed = join(resolve(modules), 'node_modules/');
const { JSDOM } = createRequire(installed)('jsdom');
globalThis.window = new JSDOM('').window;
globalThis.document = window.document;
const { default: mermaid } = await import(pathToFileURL(join(installed, 'mermaid/dist/mermaid.core.mjs')));

const text = readFileSync(chart, 'utf8');
await mermaid.parse(text);
const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
// Mermaid keeps codes in a form of its own until it draws.
const read = (label) => label.replaceAll(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(code));
const nodes = [...db.getVertices().values()].map((node) => read(node.text));
const edges = db.getEdges().map((edge) => read(edge.text));
assert.deepEqual(nodes.slice(0, 3), ['0: Log in', '1: Hello', '2: Hello, saved']);
assert.ok(edges.includes('tap button "Log in": phone=deny | phone=dismiss'), JSON.stringify(edges));
const hostile = '</script><b>"\'` \ufffdrtl\u2028␛[31m %%{init} &lt; #35; \\ ]]> ](1) {0}';
for (const label of [nodes[3], edges[3], read(db.getSubGraphs()[2].title)]) {
  assert.ok(label.includes(hostile), JSON.stringify(label));
}
assert.equal(edges.length, 4);
console.log(`${chart}: ${nodes.length} states, ${edges.length} ways`);
