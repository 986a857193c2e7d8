// Says what each message of a folder says, as mailparser reads it: a line of JSON each.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { simpleParser } from 'mailparser';

const folder = process.argv[2];
const asItIs = { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true };

const addresses = (field) => (field ? field.value.map(({ name, address }) => [name, address]) : []);

const isCalendar = ({ contentType, contentDisposition }) => contentType === 'text/calendar' && !contentDisposition;

const file = ({ filename, contentType, cid, content }) => ({
  name: filename ?? '',
  type: contentType,
  id: cid ?? '',
  size: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
});

for (const name of readdirSync(folder).filter((each) => each.endsWith('.eml')).sort()) {
  const mail = await simpleParser(readFileSync(join(folder, name)), asItIs);
  const facts = {
    message: basename(name, '.eml'),
    subject: mail.subject,
    from: addresses(mail.from),
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    bcc: addresses(mail.bcc),
    plain: mail.text ?? '',
    html: mail.html || '',
    calendar: mail.attachments.filter(isCalendar).map(({ content }) => content.toString()).join(''),
    files: mail.attachments.filter((each) => !isCalendar(each)).map(file),
  };
  console.log(JSON.stringify(facts));
}
