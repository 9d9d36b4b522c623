import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface Proxy {
	readonly host: string;
	readonly port: number;
	/** From now on connections stand, new ones too, and nothing comes through them. */
	mute(): void;
	/** New connections are forwarded again; muted ones stay so. */
	unmute(): void;
	stop(): Promise<void>;
}

/** A network between a client and a server, which can swallow everything without closing anything. */
export async function startProxy(target: { host: string; port: number }): Promise<Proxy> {
	const sockets = new Set<Socket>();
	let isMute = false;
	const server = createServer((client) => {
		sockets.add(client.on('error', () => undefined));
		if (isMute) return;
		const upstream = connect(target.port, target.host).on('error', () => undefined);
		sockets.add(upstream);
		client.on('data', (data) => isMute || upstream.write(data));
		upstream.on('data', (data) => isMute || client.write(data));
		client.on('close', () => upstream.destroy());
		upstream.on('close', () => client.destroy());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
	return {
		host: '127.0.0.1',
		port: address.port,
		mute: () => {
			isMute = true;
		},
		unmute: () => {
			for (const socket of sockets) socket.removeAllListeners('data');
			isMute = false;
		},
		stop: async () => {
			server.close();
			for (const socket of sockets) socket.destroy();
			await once(server, 'close');
		},
	};
}
