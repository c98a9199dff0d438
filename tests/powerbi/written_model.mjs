// Prints what the TMDL files of a project say, in the words of object_model.mjs.
// usage: node written_model.mjs PROJECT_DIR
import { readFileSync, readdirSync } from 'node:fs';

const definition = `${process.argv[2]}/Tidemark.SemanticModel/definition`;
const lines = [];
const plain = (name) => name.startsWith("'") ? name.slice(1, -1).replaceAll("''", "'") : name;
const type = (name) => name[0].toUpperCase() + name.slice(1);
const path = /^(?:'((?:[^']|'')*)'|([^.]*))\.(.*)$/;
const column = (text) => { const [, quoted, bare, name] = path.exec(text); return `${quoted ?? bare}.${plain(name)}`; };

for (const file of readdirSync(`${definition}/tables`)) {
  let table = '';
  let name = '';
  for (const line of readFileSync(`${definition}/tables/${file}`, 'utf8').split('\n')) {
    const object = /^(\t?)(table|column|measure) ('(?:[^']|'')*'|[^ =]+)/.exec(line);
    const data = /^\t\tdataType: (\w+)$/.exec(line);
    if (object) name = plain(object[3]);
    if (object && object[2] === 'table') lines.push(`table ${table = name}`);
    if (object && object[2] === 'measure') lines.push(`measure ${table}.${name}`);
    if (data) lines.push(`column ${table}.${name} ${type(data[1])}`);
  }
}
const relationships = readFileSync(`${definition}/relationships.tmdl`, 'utf8');
for (const [, from, to] of relationships.matchAll(/fromColumn: (.*)\n\ttoColumn: (.*)\n/g))
  lines.push(`relationship ${column(from)} ${column(to)}`);
for (const [, name] of readFileSync(`${definition}/expressions.tmdl`, 'utf8').matchAll(/^expression (\w+)/gm))
  lines.push(`parameter ${name}`);
process.stdout.write(lines.sort().join('\n') + '\n');
