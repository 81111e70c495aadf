/** A mail server on loopback that takes every mail and keeps it. */
import { EventEmitter } from "node:events";
import { createServer } from "node:net";

/** Speaks just enough SMTP with one program that hands mails over. */
function converse(socket, deliver) {
  let rest = "";
  let mail = { recipients: [] };
  let isText = false;
  const reply = (line) => socket.write(`${line}\r\n`);
  const hear = (line) => {
    if (isText) {
      if (line === ".") {
        isText = false;
        deliver({ ...mail, source: mail.lines.join("\r\n") });
        mail = { recipients: [] };
        return reply("250 taken");
      }
      mail.lines.push(line.startsWith(".") ? line.slice(1) : line);
      return undefined;
    }
    const command = line.slice(0, 4).toUpperCase();
    if (command === "EHLO" || command === "HELO") return reply("250 loopback");
    if (command === "RCPT") mail.recipients.push(/<(.*)>/.exec(line)[1]);
    if (command === "DATA") {
      isText = true;
      mail.lines = [];
      return reply("354 go on");
    }
    if (command === "QUIT") {
      reply("221 bye");
      return socket.end();
    }
    if (command === "RSET") mail = { recipients: [] };
    return reply("250 ok");
  };
  reply("220 loopback");
  socket.setEncoding("latin1");
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    const lines = (rest + chunk).split("\r\n");
    rest = lines.pop();
    lines.forEach(hear);
  });
}

/** Text of a part: quoted-printable or base64 undone. */
function decoded(part) {
  const split = part.indexOf("\r\n\r\n");
  const headers = part.slice(0, split);
  const body = part.slice(split + 4);
  if (/content-transfer-encoding: *base64/i.test(headers)) {
    return Buffer.from(body, "base64").toString("utf8");
  }
  if (!/content-transfer-encoding: *quoted-printable/i.test(headers)) return body;
  const bytes = body
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, code) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** Headers as they are and all parts of a mail, readable. */
function readable(source) {
  const boundary = /boundary="?([^";\r\n]+)"?/i.exec(source)?.[1];
  const parts = boundary ? source.split(`--${boundary}`).slice(1, -1) : [source];
  return parts.map((part) => decoded(part.replace(/^\r\n/, ""))).join("\n");
}

/** Starts the server on a free port. */
export async function startMailServer() {
  const mails = [];
  const news = new EventEmitter();
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    converse(socket, (mail) => {
      mails.push({ ...mail, text: readable(mail.source) });
      news.emit("mail");
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: server.address().port,
    mails,
    /** The first mail to this address; waits until it is there. */
    async mailTo(address) {
      const signal = AbortSignal.timeout(30_000);
      for (;;) {
        const found = mails.find(({ recipients }) => recipients.includes(address));
        if (found) return found;
        await new Promise((resolve, reject) => {
          news.once("mail", resolve);
          signal.addEventListener("abort", () => reject(new Error(`no mail to ${address}`)));
        });
      }
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
