import { bold, cyan, say, step } from '../lib/terminal.mjs';

const LABEL_WIDTH = 20;
const COLUMN_WIDTH = 19;

const rowsOf = ({ fileName, rowsDone, rowsFailed }) =>
	`${fileName}: ${rowsDone} rows, ${rowsFailed === 0 ? 'none' : rowsFailed} refused`;

const fired = ({ firings, mails }) => `${firings.length} rules fired, ${mails.length} email sent`;

const STEPS = {
	uploadForm: { title: 'Upload form', note: (done) => rowsOf(done.import) },
	uploadApi: { title: 'Upload API', note: (done) => rowsOf(done.import) },
	store: {
		title: 'In the store',
		note: ({ vehicles, customers }) => `${vehicles.length} vehicles, ${customers.length} customers`,
	},
	edit: {
		title: 'Create, read, update, delete',
		note: ({ updated }) => `${updated.make} ${updated.model} ${updated.plate}`,
	},
	attach: {
		title: 'Customers attached',
		note: ({ attached }) =>
			`${attached.length} vehicles to ${new Set(attached.map(({ customerId }) => customerId)).size} customers`,
	},
	rules: { title: 'Rules', note: ({ lowFuel, doorOpen }) => `${lowFuel.name}, ${doorOpen.name}` },
	embedded: { title: 'Tasks, feed: embedded', note: fired },
	redisStreams: { title: 'Tasks, feed: Redis Streams', note: fired },
	redisPubSub: { title: 'Tasks, feed: Redis pub/sub', note: fired },
};

/** Runs one step of the standard flow, and shows that it runs and what it brought about. */
export async function showStep(name, work) {
	return await step(STEPS[name].title, work, STEPS[name].note);
}

const TITLES = { embedded: 'Embedded', redisStreams: 'Redis Streams', redisPubSub: 'Redis pub/sub' };

/** What one transport's column says: `[label, text]` for each line. */
function columnOf({ cast, tasks, messages, firings, mails, logs, createdTasks, unread }) {
	const of = (records, vehicle) => records.filter(({ vehicleId }) => vehicleId === vehicle.id);
	const fired = (vehicle) => of(firings, vehicle).length;
	return [
		['Messages, each twice', messages.length],
		['Low fuel', cast.lowOnFuel.plate],
		['  fired', fired(cast.lowOnFuel)],
		['  fuel level then', of(firings, cast.lowOnFuel).map(({ evidence }) => `${evidence.fuelLevel} %`)],
		['  emails', mails.length],
		['  log entries', of(logs, cast.lowOnFuel).length],
		['  tasks', createdTasks.map(({ title }) => title)],
		['Door open, on a task', cast.watched.plate],
		['  fired', fired(cast.watched)],
		['  log entries', of(logs, cast.watched).length],
		[`Same, task ${tasks.canceled.state}`, cast.canceled.plate],
		['  fired', fired(cast.canceled)],
		['Not acknowledged', unread ? unread.pending + unread.lag : '-'],
	];
}

function line(label, cells) {
	const padded = cells.map((cell) => String(cell).padEnd(COLUMN_WIDTH));
	say(`  ${label.padEnd(LABEL_WIDTH)} ${padded.join('')}`.trimEnd());
}

/** What happened over each transport, side by side. */
export function showTable(report) {
	const names = Object.keys(TITLES).filter((name) => report[name]);
	const columns = names.map((name) => columnOf(report[name]));
	say();
	line(
		'What happened',
		names.map((name) => TITLES[name]),
	);
	say(`  ${'─'.repeat(LABEL_WIDTH + names.length * COLUMN_WIDTH)}`);
	for (const [at, [label]] of columns[0].entries())
		line(
			label,
			columns.map((column) => column[at][1]),
		);
}

/** The mail as the mail server received it. */
export function showMail({ raw }) {
	say();
	say(`  ${bold('The email as it was received')}`);
	say();
	for (const text of raw.trimEnd().split(/\r?\n/)) say(`  ${cyan('│')} ${text}`.trimEnd());
	say();
}
