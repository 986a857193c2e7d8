// node --expose-gc loop.cjs NODEMAILER POOL|SINGLE PORT CA-FILE MAILBOXES: sends through nodemailer, one login for each
// mailbox. Answers lines of its standard input:
//   send COUNT RATE FIRST   emails with the numbers from FIRST on, each through the next mailbox; RATE a second, 0 for
//                           all at once: "number nanoseconds" for each as it begins, then an empty line when all are taken
//   make COUNT              the mailboxes' pools, which connect to nothing yet
//   memory                  octets of its heap once what nobody refers to is collected
const fs = require('node:fs')
const readline = require('node:readline')
const [, , library, mode, port, ca, mailboxes] = process.argv
const nodemailer = require(library)
const pem = fs.readFileSync(ca)
const text = ('x'.repeat(70) + '\n').repeat(25)
const transporters = new Map()

const settings = mailbox => ({
    host: '127.0.0.1',
    port: Number(port),
    requireTLS: true,
    tls: { ca: pem },
    auth: { user: `m${mailbox}@example.com`, pass: `a password of m${mailbox}@example.com` },
})

const pooled = mailbox => {
    if (!transporters.has(mailbox)) {
        transporters.set(mailbox, nodemailer.createTransport(
            { ...settings(mailbox), pool: true, maxConnections: 3, maxMessages: Infinity }))
    }
    return transporters.get(mailbox)
}

const send = async number => {
    const mailbox = number % Number(mailboxes)
    const transporter = mode === 'POOL' ? pooled(mailbox) : nodemailer.createTransport(settings(mailbox))
    await transporter.sendMail({
        from: `m${mailbox}@example.com`, to: `n${number}@sink.test`, subject: 'An invoice', text,
    })
}

const commands = {
    send: async (count, rate, first) => {
        const begun = process.hrtime.bigint()
        const under = []
        const times = []
        for (let i = 0; i < count; i++) {
            if (rate > 0) {
                const due = begun + BigInt(Math.round(i * 1e9 / rate))
                const wait = Number(due - process.hrtime.bigint()) / 1e6
                if (wait > 1) await new Promise(go => setTimeout(go, wait))
            }
            times.push(`${first + i} ${process.hrtime.bigint()}`)
            under.push(send(first + i))
        }
        await Promise.all(under)
        return times.join('\n') + '\n'
    },
    make: async count => {
        for (let i = 0; i < count; i++) pooled(i)
        return String(transporters.size)
    },
    memory: async () => {
        global.gc()
        await new Promise(go => setTimeout(go, 200))
        global.gc()
        return String(process.memoryUsage().heapUsed)
    },
}

// one after another
let last = Promise.resolve()
readline.createInterface({ input: process.stdin }).on('line', line => {
    const [name, ...numbers] = line.split(' ')
    last = last.then(async () => console.log(await commands[name](...numbers.map(Number))))
}).on('close', () => process.exit(0))
