import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** What the handshake's answer is made with (RFC 6455, 1.3). */
const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const BINARY = 0x82;

/** A WebSocket server on a loopback port that hands the bytes of binary frames on to a TCP server, and back. */
export async function startWebSocketBridge(target: {
	host: string;
	port: number;
}): Promise<{ port: number; stop(): void }> {
	const sockets = new Set<Socket>();
	const server = createServer().listen(0, '127.0.0.1');
	server.on('upgrade', (request, client: Socket) => {
		const accept = createHash('sha1')
			.update(`${request.headers['sec-websocket-key']}${MAGIC}`)
			.digest('base64');
		client.write(
			'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
				`Sec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
		);
		const upstream = connect(target);
		for (const socket of [client, upstream]) sockets.add(socket.on('error', () => undefined));
		let pending: Buffer = Buffer.alloc(0);
		client.on('data', (chunk: Buffer) => {
			pending = Buffer.concat([pending, chunk]);
			for (let frame = readFrame(pending); frame; frame = readFrame(pending)) {
				pending = pending.subarray(frame.size);
				if (frame.opcode <= 2) upstream.write(frame.payload);
			}
		});
		upstream.on('data', (payload: Buffer) =>
			client.write(Buffer.concat([frameHead(payload.length), payload])),
		);
		client.on('close', () => upstream.destroy());
		upstream.on('close', () => client.destroy());
	});
	await once(server, 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		stop: () => {
			for (const socket of sockets) socket.destroy();
			server.close();
		},
	};
}

/** The first whole frame of a client, which masks it; undefined while more has to come. */
function readFrame(bytes: Buffer): { opcode: number; payload: Buffer; size: number } | undefined {
	const short = (bytes[1] ?? 0) & 0x7f;
	const head = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
	if (bytes.length < head + 4) return undefined;
	const length =
		short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
	const size = head + 4 + length;
	if (bytes.length < size) return undefined;
	const mask = bytes.subarray(head, head + 4);
	const payload = bytes.subarray(head + 4, size).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
	return { opcode: (bytes[0] ?? 0) & 0x0f, payload: Buffer.from(payload), size };
}

function frameHead(length: number): Buffer {
	if (length < 126) return Buffer.from([BINARY, length]);
	const head = Buffer.alloc(10);
	head[0] = BINARY;
	head[1] = 127;
	head.writeBigUInt64BE(BigInt(length), 2);
	return head;
}
