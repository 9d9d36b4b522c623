import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from './parts';
import type { Rig } from './rig';

/** Something that goes wrong, and is well again when `strike` resolves. */
export interface Fault {
	/** By which it is counted. */
	readonly kind: string;
	/** What no other fault may hit meanwhile. */
	readonly hits: readonly unknown[];
	strike(): Promise<void>;
}

export interface FaultTimes {
	/** Longer than any lease. */
	readonly pausedMs: number;
	readonly hangingMs: number;
	readonly fullMs: number;
	readonly frozenMs: number;
	/** How often a guest comes and goes, and how long it stays and is away. */
	readonly visits: number;
	readonly visitMs: number;
	/** Up to so long a killed part stays away. */
	readonly awayMs: number;
	/** How often a workflow is deactivated and activated in a row. */
	readonly toggles: number;
}

export interface Holding {
	/** Kept from being brought back meanwhile. */
	readonly held: Set<Part>;
	readonly random: () => number;
}

const IS_PAUSED: ReadonlySet<string> = new Set(['feed worker', 'n8n', 'n8n worker']);

/** Every fault that this rig can suffer. */
export function faultsOf(rig: Rig, times: FaultTimes, { held, random }: Holding): Fault[] {
	const faults: Fault[] = [];
	for (const part of rig.parts) {
		faults.push({
			kind: `kill -9 ${part.role}`,
			hits: [part],
			async strike() {
				held.add(part);
				await part.kill();
				await sleep(random() * times.awayMs);
				held.delete(part);
				await untilUp(part);
			},
		});
		if (IS_PAUSED.has(part.role)) {
			faults.push(paused(part, `SIGSTOP ${part.role}`, times.pausedMs));
		}
		if (part.role === 'mail sink') faults.push(paused(part, 'mail server hangs', times.hangingMs));
	}
	for (const disk of rig.disks.filter(({ isOwn }) => isOwn)) {
		faults.push({
			kind: `disk full (${disk.name})`,
			hits: [disk],
			async strike() {
				disk.fill();
				await sleep(times.fullMs).finally(() => disk.free());
			},
		});
	}
	const { proxy, guest, toggle } = rig;
	if (proxy !== null) {
		faults.push({
			kind: 'frozen Redis socket',
			hits: [proxy],
			async strike() {
				proxy.mute();
				await sleep(times.frozenMs).finally(() => proxy.unmute());
			},
		});
	}
	if (guest !== null) {
		faults.push({
			kind: 'feed worker comes and goes',
			hits: [guest],
			async strike() {
				for (let visit = 0; visit < times.visits; visit++) {
					await guest.start();
					await sleep(times.visitMs);
					await guest.end();
					await sleep(times.visitMs);
				}
			},
		});
	}
	if (toggle !== null) {
		faults.push({
			kind: 'activation toggled',
			hits: rig.parts.filter(({ role }) => role === 'n8n'),
			async strike() {
				for (let count = 0; count < times.toggles; count++) await untilDone(toggle);
			},
		});
	}
	return faults;
}

function paused(part: Part, kind: string, forMs: number): Fault {
	return {
		kind,
		hits: [part],
		async strike() {
			part.pause();
			await sleep(forMs).finally(() => part.resume());
		},
	};
}

async function untilUp(part: Part): Promise<void> {
	await untilDone(async () => await part.start());
}

/** What it needs may be away, too: it is tried again. */
async function untilDone(work: () => Promise<void>): Promise<void> {
	for (const until = Date.now() + 180_000; ; await sleep(200)) {
		try {
			await work();
			return;
		} catch (error) {
			if (Date.now() > until) throw error;
		}
	}
}
