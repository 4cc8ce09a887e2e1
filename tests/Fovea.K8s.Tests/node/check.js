// Checks rendered manifests against the Kubernetes API: every object by the schema of its kind, and again by the API's types,
// which know what a schema lets pass: fields that do not exist.
//
//   node check.js FILE...    a line "FILE Kind/name ok" for each object, or "FILE Kind/name PATH: FAULT"; exit code 1 on any fault
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const ts = require('typescript');
const yaml = require('yaml');

const PACKAGES = ['kubernetes-models', '@kubernetes-models/keda', '@kubernetes-models/prometheus-operator'];

function modelOf(object) {
  for (const name of PACKAGES) {
    const id = `${name}/${object.apiVersion}/${object.kind}`;
    const file = path.join(__dirname, 'node_modules', `${id}.js`);
    if (fs.existsSync(file)) {
      return { id, model: require(file)[object.kind] };
    }
  }

  return undefined;
}

function read(file) {
  return yaml.parseAllDocuments(fs.readFileSync(file, 'utf8'), { uniqueKeys: true }).map((document) => {
    if (document.errors.length > 0) {
      throw new Error(`${file}: ${document.errors[0].message}`);
    }

    const object = document.toJS();
    const found = object && object.apiVersion && object.kind ? modelOf(object) : undefined;
    return { file, object, ...found, faults: [] };
  });
}

function checkSchema(entry) {
  const instance = new entry.model(entry.object);
  try {
    instance.validate();
  } catch (error) {
    entry.faults.push(...String(error.message).split('\n'));
  }
}

// The name of the field that a node of the literal belongs to, from the object's root.
function pathOf(node) {
  const names = [];
  for (let at = node; at !== undefined && !ts.isVariableDeclaration(at); at = at.parent) {
    if (ts.isPropertyAssignment(at)) {
      names.unshift(`/${at.name.text}`);
    } else if (at.parent && ts.isArrayLiteralExpression(at.parent)) {
      names.unshift(`/${at.parent.elements.indexOf(at)}`);
    }
  }

  return names.join('') || '/';
}

function innermost(node, position) {
  return ts.forEachChild(node, (child) => (child.getStart() <= position && position < child.end ? innermost(child, position) : undefined)) ?? node;
}

function checkTypes(entries) {
  const name = path.join(__dirname, 'manifests.ts');
  const lines = entries.flatMap((entry, index) => [
    `import type { I${entry.object.kind} as T${index} } from '${entry.id}';`,
    `export const o${index}: T${index} = ${JSON.stringify(entry.object)};`,
  ]);
  const options = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
  };
  const host = ts.createCompilerHost(options, true);
  const getSourceFile = host.getSourceFile;
  const source = ts.createSourceFile(name, lines.join('\n'), options.target, true);
  host.getSourceFile = (file, ...rest) => (file === name ? source : getSourceFile.call(host, file, ...rest));
  const program = ts.createProgram([name], options, host);
  for (const found of ts.getPreEmitDiagnostics(program)) {
    const text = ts.flattenDiagnosticMessageText(found.messageText, ' ');
    if (found.file !== source) {
      throw new Error(`the API's types cannot be read: ${found.file?.fileName}: ${text}`);
    }

    const line = source.getLineAndCharacterOfPosition(found.start).line;
    entries[Math.floor(line / 2)].faults.push(`${pathOf(innermost(source, found.start))}: ${text}`);
  }
}

const entries = process.argv.slice(2).flatMap(read);
for (const entry of entries) {
  if (entry.model === undefined) {
    entry.faults.push(`apiVersion ${entry.object?.apiVersion} has no kind ${entry.object?.kind}`);
  } else {
    checkSchema(entry);
  }
}

checkTypes(entries.filter((entry) => entry.model !== undefined));
for (const { file, object, faults } of entries) {
  const named = `${file} ${object?.kind}/${object?.metadata?.name}`;
  console.log(faults.length === 0 ? `${named} ok` : faults.map((fault) => `${named} ${fault}`).join('\n'));
}

process.exit(entries.length === 0 || entries.some((entry) => entry.faults.length > 0) ? 1 : 0);
