// What applications do with the SDK that they have already, against a running Postrider.
// RESEND_BASE_URL, KEY and FROM say where, as whom and from which mailbox.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { simpleParser } from 'mailparser';
import { Resend } from 'resend';

const { RESEND_BASE_URL, KEY, FROM } = process.env;
const resend = new Resend(KEY);
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const email = (more) => ({ from: FROM, to: 'grace@example.org', subject: 'Hello', text: 'Hi.', ...more });

const good = ({ data, error }) => {
  assert.equal(error, null);
  return data;
};

const raw = async (id) => {
  const answer = await fetch(`${RESEND_BASE_URL}/emails/${id}/raw`, { headers: { Authorization: `Bearer ${KEY}` } });
  assert.equal(answer.status, 200);
  return simpleParser(Buffer.from(await answer.arrayBuffer()));
};

test('an email is sent and looked at', async () => {
  const { id } = good(await resend.emails.send(email({
    from: `"Ada, Countess" <${FROM}>`,
    to: ['Grace <grace@example.org>', 'bob@example.org'],
    cc: 'carl@example.org',
    bcc: ['bea@example.org'],
    replyTo: 'reply@example.org',
    subject: 'שלום 🎉',
    html: '<p>Hello <a href="https://example.org/">there</a></p>',
    text: undefined,
    headers: { 'X-Entity-Ref-ID': '17' },
    tags: [{ name: 'kind', value: 'greeting' }],
  })));
  assert.match(id, uuid);

  const shown = good(await resend.emails.get(id));
  assert.equal(shown.object, 'email');
  assert.equal(shown.from, `"Ada, Countess" <${FROM}>`);
  assert.deepEqual(shown.to, ['Grace <grace@example.org>', 'bob@example.org']);
  assert.deepEqual(shown.bcc, ['bea@example.org']);
  assert.deepEqual(shown.reply_to, ['reply@example.org']);
  assert.equal(shown.subject, 'שלום 🎉');
  assert.deepEqual(shown.tags, [{ name: 'kind', value: 'greeting' }]);

  const message = await raw(id);
  assert.equal(message.subject, 'שלום 🎉');
  assert.equal(message.from.value[0].name, 'Ada, Countess');
  assert.equal(message.to.value.length, 2);
  assert.equal(message.bcc, undefined);
  assert.equal(message.headers.get('x-entity-ref-id'), '17');
  assert.match(message.html, /Hello <a href/);
  assert.match(message.text, /Hello there \(https:\/\/example.org\/\)/);
});

test('attachments come as a Buffer and as base64', async () => {
  const { id } = good(await resend.emails.send(email({
    html: '<img src="cid:logo">',
    attachments: [
      { filename: '請求書.pdf', content: Buffer.from([0, 1, 2, 255]) },
      { filename: 'a.txt', content: Buffer.from('hello').toString('base64') },
      { filename: 'logo.png', content: Buffer.from('png'), contentId: 'logo' },
      { filename: 'empty.bin', content: Buffer.alloc(0) },
    ],
  })));

  const { attachments } = await raw(id);
  const contents = Object.fromEntries(attachments.map((each) => [each.filename, each.content]));
  assert.deepEqual(contents['請求書.pdf'], Buffer.from([0, 1, 2, 255]));
  assert.equal(contents['a.txt'].toString(), 'hello');
  assert.equal(contents['logo.png'].toString(), 'png');
  assert.equal(contents['empty.bin'].length, 0);
  assert.equal(attachments.find((each) => each.filename === 'logo.png').cid, 'logo');
});

test('a batch is sent, strictly and permissively', async () => {
  const strict = good(await resend.batch.send([email(), email()]));
  assert.equal(strict.data.length, 2);

  const refused = await resend.batch.send([email(), email({ to: 'nobody' })]);
  assert.equal(refused.error.name, 'validation_error');

  const permissive = good(await resend.batch.send([email({ to: 'nobody' }), email()], { batchValidation: 'permissive' }));
  assert.equal(permissive.data.length, 1);
  assert.equal(permissive.errors[0].index, 0);
});

test('a scheduled email is moved and canceled', async () => {
  const { id } = good(await resend.emails.send(email({ scheduledAt: 'in 1 hour' })));
  const later = new Date(Date.now() + 86_400_000).toISOString();

  assert.deepEqual(good(await resend.emails.update({ id, scheduledAt: later })), { object: 'email', id });
  const shown = good(await resend.emails.get(id));
  assert.equal(shown.last_event, 'scheduled');
  assert.equal(shown.scheduled_at, later);

  assert.deepEqual(good(await resend.emails.cancel(id)), { object: 'email', id });
  assert.equal(good(await resend.emails.get(id)).last_event, 'canceled');
  assert.equal((await resend.emails.cancel(id)).error.statusCode, 409);
});

test('emails are listed page by page', async () => {
  for (let i = 0; i < 3; i++) {
    good(await resend.emails.send(email()));
  }
  const first = good(await resend.emails.list({ limit: 2 }));
  assert.equal(first.object, 'list');
  assert.equal(first.has_more, true);
  const next = good(await resend.emails.list({ limit: 2, after: first.data[1].id }));
  assert.ok(next.data.every((each) => each.id < first.data[1].id));
});

test('an idempotency key sends once', async () => {
  const key = { idempotencyKey: `contract/${Date.now()}` };
  const one = good(await resend.emails.send(email(), key));
  assert.deepEqual(good(await resend.emails.send(email(), key)), one);
  const other = await resend.emails.send(email({ subject: 'Other' }), key);
  assert.equal(other.error.name, 'invalid_idempotent_request');
});

test('errors are typed', async () => {
  const names = async (answer) => (await answer).error.name;
  assert.equal(await names(resend.emails.send(email({ from: 'me@elsewhere.example' }))), 'invalid_from_address');
  assert.equal(await names(resend.emails.send({ from: FROM, to: 'a@example.org', subject: 's' })), 'missing_required_field');
  assert.equal(await names(resend.emails.get('17')), 'invalid_parameter');
  assert.equal(await names(resend.emails.get('00000000-0000-7000-8000-000000000000')), 'not_found');
  assert.equal(await names(new Resend('re_unknown').emails.get('17')), 'invalid_api_key');
});

test('API keys are made, listed and removed', async () => {
  const made = good(await resend.apiKeys.create({ name: 'contract', permission: 'sending_access' }));
  assert.match(made.token, /^pr_/);
  assert.ok(good(await resend.apiKeys.list()).data.some((each) => each.id === made.id));

  const sender = new Resend(made.token);
  good(await sender.emails.send(email()));
  assert.equal((await sender.emails.list()).error.name, 'restricted_api_key');

  good(await resend.apiKeys.remove(made.id));
  assert.equal((await sender.emails.send(email())).error.name, 'invalid_api_key');
});

test('attachments of a sent email are listed', async () => {
  const { id } = good(await resend.emails.send(email({ attachments: [{ filename: 'a.txt', content: Buffer.from('hello') }] })));
  const listed = good(await resend.emails.attachments.list({ emailId: id })).data;
  assert.equal(listed[0].filename, 'a.txt');
  assert.equal(listed[0].size, 5);
  const one = good(await resend.emails.attachments.get({ emailId: id, id: listed[0].id }));
  assert.equal(one.object, 'attachment');
  assert.equal(one.content_disposition, 'attachment');
  assert.ok(new Date(one.expires_at) > new Date());

  const url = new URL(one.download_url);
  assert.equal(url.origin, process.env.PUBLIC_URL);
  const file = await fetch(process.env.RESEND_BASE_URL + url.pathname + url.search);
  assert.equal(file.status, 200);
  assert.equal(await file.text(), 'hello');
});

test('attachments are listed page by page', async () => {
  const { id } = good(await resend.emails.send(email({
    attachments: ['a.txt', 'b.txt', 'c.txt'].map((filename) => ({ filename, content: Buffer.from(filename) })),
  })));
  const first = good(await resend.emails.attachments.list({ emailId: id, limit: 2 }));
  assert.deepEqual([first.data.length, first.has_more], [2, true]);
  const next = good(await resend.emails.attachments.list({ emailId: id, limit: 2, after: first.data[1].id }));
  assert.deepEqual([next.data.map((each) => each.filename), next.has_more], [['c.txt'], false]);
});

test('webhooks are made, changed, listed, called and removed', async () => {
  const calls = [];
  const listener = createServer(async (request, response) => {
    const chunks = await request.toArray();
    calls.push({ headers: request.headers, payload: Buffer.concat(chunks).toString() });
    response.end();
    listener.emit('called');
  });
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  try {
    const endpoint = `http://127.0.0.1:${listener.address().port}/hook`;
    const { id, signing_secret: webhookSecret } = good(await resend.webhooks.create({ endpoint, events: ['email.bounced'] }));
    assert.equal(good(await resend.webhooks.get(id)).status, 'enabled');
    good(await resend.webhooks.update(id, { endpoint, events: ['email.scheduled'] }));
    assert.ok(good(await resend.webhooks.list()).data.some((each) => each.id === id));

    const called = once(listener, 'called');
    const sent = good(await resend.emails.send(email({ scheduledAt: 'in 1 hour', tags: [{ name: 'kind', value: 'call' }] })));
    await called;

    const { payload, headers } = calls[0];
    const event = resend.webhooks.verify({
      payload,
      headers: { id: headers['svix-id'], timestamp: headers['svix-timestamp'], signature: headers['svix-signature'] },
      webhookSecret,
    });
    assert.deepEqual(Object.keys(event).sort(), ['created_at', 'data', 'type']);
    assert.equal(event.type, 'email.scheduled');
    assert.equal(event.data.email_id, sent.id);
    assert.deepEqual(event.data.tags, { kind: 'call' });

    good(await resend.emails.cancel(sent.id));
    assert.equal(good(await resend.webhooks.remove(id)).deleted, true);
    assert.equal((await resend.webhooks.get(id)).error.name, 'not_found');
  } finally {
    listener.close();
  }
});

test('the domains of the mailboxes are listed', async () => {
  const listed = good(await resend.domains.list());
  const domain = listed.data.find((each) => each.name === FROM.split('@')[1]);
  assert.equal(domain.status, 'verified');
  const { records, object, ...one } = good(await resend.domains.get(domain.id));
  assert.deepEqual(records, []);
  assert.equal(one.name, domain.name);
});

test('what Postrider has not is a typed error', async () => {
  for (const answer of [resend.broadcasts.list(), resend.contacts.list(), resend.emails.receiving.list()]) {
    const { data, error } = await answer;
    assert.equal(data, null);
    assert.equal(error.name, 'not_found');
  }
});
