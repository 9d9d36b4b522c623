import { startingPositions } from './kafka-positions';

const at = (...offsets: (number | null)[]) =>
	new Map(offsets.flatMap((offset, partition) => (offset === null ? [] : [[partition, offset] as const])));

function start(bounds: Partial<Parameters<typeof startingPositions>[1]>) {
	const losses: unknown[] = [];
	const all = { first: at(0, 0), end: at(100, 100), committed: at(), begin: at(), ...bounds };
	const { positions, moved } = startingPositions([0, 1], all, (loss) => losses.push(loss));
	return { positions: [...positions], moved: [...moved], losses };
}

it('goes on where the group has committed', () => {
	expect(start({ committed: at(40, 100) })).toEqual({
		positions: [
			[0, 40],
			[1, 100],
		],
		moved: [],
		losses: [],
	});
});

it('begins where a new group was asked to, and with the first message of partitions that came later', () => {
	expect(start({ first: at(5, 7), begin: at(100) })).toEqual({
		positions: [
			[0, 100],
			[1, 7],
		],
		moved: [
			[0, 100],
			[1, 7],
		],
		losses: [],
	});
});

it('counts what retention deleted unread', () => {
	const { positions, moved, losses } = start({ first: at(0, 60), committed: at(40, 40) });
	expect(positions).toEqual([
		[0, 40],
		[1, 60],
	]);
	expect(moved).toEqual([[1, 60]]);
	expect(losses).toEqual([
		{ count: 20, reason: 'Kafka deleted messages of partition 1 by its retention before they were read' },
	]);
});

it('begins anew with a topic that holds less than was read', () => {
	const { positions, losses } = start({ end: at(100, 3), committed: at(40, 90) });
	expect(positions).toEqual([
		[0, 40],
		[1, 0],
	]);
	expect(losses).toEqual([{ count: null, reason: expect.stringContaining('made anew') }]);
});
