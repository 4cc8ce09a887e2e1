'use strict';
// The probe service by grpc-js: "server" prints its port and serves until its input ends; "client PORT" checks a server.
const path = require('node:path');
const assert = require('node:assert');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const [role, proto, argument] = process.argv.slice(2);
const definition = loader.loadSync(proto, { keepCase: true, defaults: true });
const Probe = grpc.loadPackageDefinition(definition).fovea.probe.Probe;

function echoed(metadata) {
  const result = new grpc.Metadata();
  for (const key of Object.keys(metadata.getMap()).filter((k) => k.startsWith('echo-'))) {
    metadata.get(key).forEach((value) => result.add(key, value));
  }
  return result;
}

function make(ask, index) {
  return { text: ask.text, payload: ask.answer_bytes > 0 ? Buffer.alloc(ask.answer_bytes) : ask.payload, index };
}

// Does what a request asks for; calls back with a status, or null, and trailers.
function act(ask, call, done) {
  if (ask.act === 'hang') {
    return;
  }
  if (ask.act === 'throw') {
    done({ code: grpc.status.UNKNOWN, details: 'handler failed' });
    return;
  }
  let trailers = new grpc.Metadata();
  if (ask.act === 'echo-metadata') {
    call.sendMetadata(echoed(call.metadata));
    trailers = echoed(call.metadata);
  }
  if (ask.status !== 0) {
    trailers.add('why', 'asked');
    trailers.add('grpc-status-details-bin', Buffer.from([8, 3, 18, 1, 120]));
    done({ code: ask.status, details: ask.status_detail, metadata: trailers });
    return;
  }
  done(null, trailers);
}

const handlers = {
  Unary(call, callback) {
    act(call.request, call, (error, trailers) => (error ? callback(error) : callback(null, make(call.request, 0), trailers)));
  },
  ClientStream(call, callback) {
    const texts = [];
    let size = 0;
    let over = false;
    const end = () => {
      if (!over) {
        over = true;
        callback(null, { text: texts.join(','), index: size });
      }
    };
    call.on('data', (ask) => {
      texts.push(ask.text);
      size += ask.payload.length;
      if (ask.act === 'answer-early') {
        end();
      }
    });
    call.on('end', end);
  },
  ServerStream(call) {
    for (let i = 0; i < call.request.count; i++) {
      call.write(make(call.request, i));
    }
    act(call.request, call, (error, trailers) => (error ? call.emit('error', error) : call.end(trailers)));
  },
  Duplex(call) {
    call.on('data', (ask) => {
      for (let i = 0; i < Math.max(1, ask.count); i++) {
        call.write(make(ask, i));
      }
    });
    call.on('end', () => call.end());
  },
};

function serve() {
  const options = argument === 'gzip' ? { 'grpc.default_compression_algorithm': 2 } : {};
  const server = new grpc.Server(options);
  server.addService(Probe.service, handlers);
  server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
    assert.ifError(error);
    console.log(`port ${port}`);
  });
  process.stdin.resume();
  process.stdin.on('end', () => process.exit(0));
}

const unary = (client, ask, metadata, options) => new Promise((resolve, reject) => {
  const call = client.Unary(ask, metadata || new grpc.Metadata(), options || {}, (error, answer) => (error ? reject(error) : resolve(answer)));
  call.on('metadata', (headers) => { unary.headers = headers; });
  call.on('status', (status) => { unary.trailers = status.metadata; });
});

const collect = (stream) => new Promise((resolve, reject) => {
  const answers = [];
  stream.on('data', (answer) => answers.push(answer));
  stream.on('error', reject);
  stream.on('end', () => resolve(answers));
});

async function fails(code, promise) {
  const error = await promise.then(() => assert.fail('the call did not fail'), (e) => e);
  assert.strictEqual(error.code, code, String(error));
  return error;
}

const checks = {
  async unary(client) {
    assert.strictEqual((await unary(client, { text: 'hello' })).text, 'hello');
    assert.strictEqual((await unary(client, { payload: Buffer.alloc(271828), answer_bytes: 314159 })).payload.length, 314159);
  },
  async clientStream(client) {
    const answer = await new Promise((resolve, reject) => {
      const call = client.ClientStream((error, value) => (error ? reject(error) : resolve(value)));
      [27182, 8, 1828, 45904].forEach((size) => call.write({ payload: Buffer.alloc(size) }));
      call.end();
    });
    assert.strictEqual(answer.index, 74922);
  },
  async serverStream(client) {
    const answers = await collect(client.ServerStream({ count: 40, answer_bytes: 2653 }));
    assert.deepStrictEqual(answers.map((a) => a.index), [...Array(40).keys()]);
    assert.strictEqual((await collect(client.ServerStream({ count: 0 }))).length, 0);
  },
  async duplex(client) {
    const call = client.Duplex();
    const answers = collect(call);
    [31415, 9, 2653, 58979].forEach((size) => call.write({ answer_bytes: size }));
    call.end();
    assert.deepStrictEqual((await answers).map((a) => a.payload.length), [31415, 9, 2653, 58979]);
  },
  async statuses(client) {
    for (let code = 1; code <= 16; code++) {
      const detail = '\t\r\nunicode \u263a \u{1F608} % \t';
      const error = await fails(code, unary(client, { status: code, status_detail: detail }));
      assert.strictEqual(error.details, detail);
      assert.deepStrictEqual(error.metadata.get('grpc-status-details-bin'), [Buffer.from([8, 3, 18, 1, 120])]);
    }
    await fails(grpc.status.UNKNOWN, unary(client, { act: 'throw' }));
  },
  async metadata(client) {
    const sent = new grpc.Metadata();
    sent.add('echo-text', 'some text');
    sent.add('echo-data-bin', Buffer.from([0, 0xab, 0xff]));
    sent.add('echo-data-bin', Buffer.from([1]));
    await unary(client, { act: 'echo-metadata' }, sent);
    for (const received of [unary.headers, unary.trailers]) {
      assert.deepStrictEqual(received.get('echo-text'), ['some text']);
      assert.deepStrictEqual(received.get('echo-data-bin'), [Buffer.from([0, 0xab, 0xff]), Buffer.from([1])]);
    }
  },
  async deadline(client) {
    await fails(grpc.status.DEADLINE_EXCEEDED, unary(client, { act: 'hang' }, null, { deadline: Date.now() + 200 }));
  },
  async cancel(client) {
    const call = client.ServerStream({ count: 1, act: 'hang' });
    const end = collect(call);
    call.once('data', () => call.cancel());
    await fails(grpc.status.CANCELLED, end);
  },
  async gzip(client, target) {
    const other = new Probe(target, grpc.credentials.createInsecure(), { 'grpc.default_compression_algorithm': 2 });
    assert.strictEqual((await unary(other, { payload: Buffer.alloc(100000) })).payload.length, 100000);
    other.close();
  },
  async unimplemented(client) {
    const error = await new Promise((resolve) => {
      client.makeUnaryRequest('/fovea.probe.Probe/Nothing', (x) => x, (x) => x, Buffer.alloc(0), resolve);
    });
    assert.strictEqual(error.code, grpc.status.UNIMPLEMENTED);
  },
  async limit(client) {
    await fails(grpc.status.RESOURCE_EXHAUSTED, unary(client, { payload: Buffer.alloc(5 << 20) }));
  },
};

async function check() {
  const target = `127.0.0.1:${argument}`;
  const client = new Probe(target, grpc.credentials.createInsecure());
  for (const [name, run] of Object.entries(checks)) {
    await run(client, target).catch((error) => {
      console.error(`FAILED: ${name}`);
      throw error;
    });
  }
  client.close();
  console.log(`passed ${Object.keys(checks).length}`);
}

if (role === 'server') {
  serve();
} else {
  check().catch((error) => {
    console.error(error);
    process.exit(1);
  });
}
