// A Node client (@grpc/grpc-js) that knows newsgraph only by its .proto files: streams the
// sample articles in, asks about them, and checks the errors.
//
//   node client.mjs HOST:PORT PROTO_DIRECTORY ARTICLES.jsonl

import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const [address, protos, articles] = process.argv.slice(2);
const definition = loader.loadSync(
    ['graph_service', 'ingest_service', 'identity_service'].map((name) => `newsgraph/v1/${name}.proto`),
    {includeDirs: [protos], keepCase: true, enums: String, longs: Number, defaults: true, oneofs: true});
const {v1} = grpc.loadPackageDefinition(definition).newsgraph;
const credentials = grpc.credentials.createInsecure();
const graph = new v1.GraphService(address, credentials);
const ingest = new v1.IngestService(address, credentials);
const identity = new v1.IdentityService(address, credentials);

const call = (client, method, request, options = {}) => new Promise((resolve, reject) => {
  client[method](request, new grpc.Metadata(), options, (error, answer) => error ? reject(error) : resolve(answer));
});
const fails = async (code, promise) => {
  const error = await promise.then(() => null, (failure) => failure);
  assert.ok(error, 'an error was expected');
  assert.equal(grpc.status[error.code], code, error.details);
  return error.details;
};
const collect = (stream) => new Promise((resolve, reject) => {
  const messages = [];
  stream.on('data', (message) => messages.push(message));
  stream.on('end', () => resolve(messages));
  stream.on('error', reject);
});

// One result a document, in order, a bad one among them.
const documents = readFileSync(articles, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
documents.splice(3, 0, {id: 'empty', text: ' '});
const stream = ingest.IngestDocuments();
const answers = collect(stream);
for (const document of documents) stream.write({document, request_id: `node-${document.id}`});
stream.end();
const results = await answers;
assert.equal(results.length, documents.length);
results.forEach((result, i) => assert.equal(result.sequence, i));
assert.equal(results[3].outcome, 'failure');
assert.equal(results[3].failure.code, grpc.status.INVALID_ARGUMENT);
for (const [i, document] of documents.entries()) {
  if (i !== 3) assert.equal(results[i].result.document, document.id);
}

// The same request again is answered with the first result, another under its id is refused.
const first = {document: documents[0], request_id: `node-${documents[0].id}`};
assert.equal((await call(ingest, 'IngestDocument', first)).commit, results[0].commit);
await fails('INVALID_ARGUMENT',
            call(ingest, 'IngestDocument', {document: documents[1], request_id: `node-${documents[0].id}`}));

const commit = Math.max(...results.map((result) => result.commit));
const find = async (name) => {
  const {matches} = await call(graph, 'SearchEntities', {name});
  assert.ok(matches.length > 0, `nothing is named ${name}`);
  return matches[0].entity;
};
const meta = await find('Meta');
assert.equal(meta.type, 'ENTITY_TYPE_ORG');
assert.equal((await find('輝達')).id, (await find('NVIDIA')).id, 'one entity in three scripts');
assert.equal((await find('英伟达')).id, (await find('NVIDIA')).id);

// Pages joined are the whole list.
const whole = await call(graph, 'ListStatements', {about: meta.id, page_size: 1000});
const paged = [];
let page_token = '';
do {
  const page = await call(graph, 'ListStatements', {about: meta.id, page_size: 3, page_token});
  paged.push(...page.statements);
  page_token = page.next_page_token;
} while (page_token !== '');
assert.ok(whole.statements.length > 5);
assert.deepEqual(paged.map((s) => s.id), whole.statements.map((s) => s.id));
for (const statement of whole.statements) {
  assert.ok(statement.evidence.text.length > 0);
  for (const part of ['subject', 'cue', 'object']) {
    const span = statement.spans[part];
    if (span) assert.ok(span.text.length > 0);
  }
}

// Two hops as columns: every edge joins entities of the stream.
const batches = await collect(graph.Traverse({starts: [(await find('Llama 3.1')).id], hops: 2, min_commit: commit}));
const ids = batches.flatMap((batch) => batch.entities?.ids ?? []);
const subjects = batches.flatMap((batch) => batch.edges?.subjects ?? []);
assert.ok(ids.includes(meta.id));
assert.ok(subjects.length > 10 && subjects.every((subject) => subject < ids.length));
assert.ok(batches.at(-1).truncation, 'the last batch says whether the answer is whole');

const path = await call(graph, 'FindPaths', {
  from: (await find('Sam Altman')).id, to: (await find('Priscilla Chan')).id, min_commit: commit});
assert.ok(path.paths.length === 1 && path.paths[0].steps.length >= 2);
for (const step of path.paths[0].steps) assert.ok(step.edges[0].statements[0].evidence.text);

// A verdict and its way back.
const [left, right] = [await find('海川科技'), await find('海川资本')];
await call(identity, 'Judge', {left: left.id, right: right.id, verdict: 'VERDICT_SAME', author: 'node', reason: 'a test'});
assert.equal((await find('海川科技')).id, (await find('海川资本')).id);
await call(identity, 'UndoJudgement', {left: left.id, right: right.id, author: 'node'});
assert.notEqual((await find('海川科技')).id, (await find('海川资本')).id);

// Errors.
await fails('NOT_FOUND', call(graph, 'ListStatements', {subject: 'e00000000000000000000000000000000'}));
await fails('NOT_FOUND', call(ingest, 'RetractDocument', {id: 'no such document'}));
const other = await call(graph, 'ListStatements', {about: meta.id, page_size: 1});
await fails('INVALID_ARGUMENT', call(graph, 'ListStatements', {subject: meta.id, page_token: other.next_page_token}));
await fails('DEADLINE_EXCEEDED', call(graph, 'GetStatistics', {}, {deadline: Date.now() - 1}));
await fails('INVALID_ARGUMENT', call(graph, 'ListNeighbors', {entity: meta.id, filter: {predicates: ['no_such_relation']}}));

console.log(`node: ${results.length} documents in, ${whole.statements.length} statements about Meta, ` +
            `${ids.length} entities within two hops`);
