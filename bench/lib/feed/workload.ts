import type { TypeOrmStore } from '../../../src/adapters/store/open-store';
import type { Attributes } from '../../../src/domain/attributes';
import { makeReports, makeRules, nextReports } from '../rule-workload';
import { addVehicles } from '../../../test/lib/add-vehicles';

export const VEHICLES = 10_000;
export const RULES = 1_000;
const FIRES_EVERY = 100;
/** How much of the usual moves a vehicle makes: the strangers, not the crowd, are what makes rules fire. */
const LIVELINESS = 0.05;
export const START = Date.parse('2026-03-01T00:00:00Z');

export const vins = Array.from({ length: VEHICLES }, (_, index) => `WDB${String(index).padStart(14, '0')}`);

/** The fleet that the messages are of, and rules that 0.1 % of random reports meet, each with an entry for the log. */
export async function addFleet(store: TypeOrmStore): Promise<void> {
	await store.write(async (session) => {
		const { rules } = session;
		await addVehicles(
			session,
			vins.map((vin) => ({ vin })),
			START,
		);
		for (const { id: _id, ...rule } of makeRules(RULES, { equalities: true })) {
			const actions = [{ type: 'storeLog' as const, message: '{{rule.name}} fired for {{vehicle.vin}}' }];
			await rules.create({ ...rule, actions }, START);
		}
	});
}

export interface FeedMessage {
	readonly key: string;
	readonly payload: string;
}

/** What the fleet sends, the vehicles in turn: fourteen attributes, about 370 bytes of JSON. */
export interface MessageSource {
	next(count: number): FeedMessage[];
}

export interface SourceOptions {
	/** When the first message was reported; the others follow by `stepMs`, default 1. */
	readonly begin?: number;
	readonly stepMs?: number;
	/**
	 * `usual`: values move as a fleet's do, and one message in a hundred has nothing to do with the vehicle's last one,
	 * so that a rule fires; `none`: they stay as they are, and what has fired once stays met; `all`: each is a stranger's.
	 */
	readonly firing?: 'usual' | 'none' | 'all';
}

/** `prefix` tells the messages of one run from those of another. */
export function messageSource(prefix: string, options: SourceOptions = {}): MessageSource {
	const { begin = START, stepMs = 1, firing = 'usual' } = options;
	const rounds: Attributes[][] = [makeReports(VEHICLES)];
	for (let round = 1; firing === 'usual' && round < 8; round++)
		rounds.push(nextReports(rounds[round - 1] ?? [], round + 2, LIVELINESS));
	// There and back again, so that values never jump.
	const cycle = [...rounds, ...rounds.slice(1, -1).reverse()].map((reports) => reports.map(rounded));
	const strangers = makeReports(2 * VEHICLES, 7).map(rounded);
	const isStranger = (count: number) =>
		firing === 'all' || (firing === 'usual' && count % FIRES_EVERY === FIRES_EVERY - 1);
	let sent = 0;
	return {
		next(count) {
			return Array.from({ length: count }, () => {
				const index = sent % VEHICLES;
				const key = vins[index] ?? '';
				const attributes = isStranger(sent)
					? strangers[(sent * 7) % strangers.length]
					: cycle[Math.floor(sent / VEHICLES) % cycle.length]?.[index];
				const messageId = `${prefix}-${sent}`;
				const reportedAt = Math.floor(begin + sent * stepMs);
				sent++;
				return { key, payload: JSON.stringify({ messageId, vehicle: key, reportedAt, attributes }) };
			});
		},
	};
}

/** Two digits behind the point, as devices send them. */
function rounded(attributes: Attributes): Attributes {
	return Object.fromEntries(
		Object.entries(attributes).map(([name, value]) => [
			name,
			typeof value === 'number' ? Math.round(value * 100) / 100 : value,
		]),
	);
}

export const PROBES_A_SECOND = 10;

/** A message that makes the rule of `addProbeRule` fire; its id tells when it was published. */
export function probeMessage(count: number): FeedMessage {
	const key = vins[count % VEHICLES] ?? '';
	const now = Date.now();
	const payload = JSON.stringify({
		messageId: `probe-${now}-${count}`,
		vehicle: key,
		reportedAt: now,
		attributes: { probe: count },
	});
	return { key, payload };
}

/** When the probe with this message id was published, in milliseconds since the epoch. */
export const publishedAtOf = (messageId: string): number => Number(messageId.split('-')[1]);

/** Fires once for a vehicle, and creates a task. */
export async function addProbeRule(store: TypeOrmStore): Promise<void> {
	const [rule] = makeRules(1, { equalities: false });
	if (rule === undefined) throw new Error('There is no rule to make a probe of');
	const { id: _id, ...fields } = rule;
	await store.write(async ({ rules }) => {
		await rules.create(
			{
				...fields,
				name: 'Probe',
				pattern: { attribute: 'probe', operator: 'exists' },
				actions: [{ type: 'createTask', title: 'Probe of {{vehicle.vin}}' }],
			},
			START,
		);
	});
}
