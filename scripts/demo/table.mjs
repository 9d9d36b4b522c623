import { bold, cyan, dim, green, say } from '../lib/terminal.mjs';

const STEP_WIDTH = 18;

function row(name, lines) {
	const [first, ...rest] = lines;
	say(`  ${green('✓')} ${name.padEnd(STEP_WIDTH)} ${first}`);
	for (const line of rest) say(`    ${' '.repeat(STEP_WIDTH)} ${dim(line)}`);
}

const rows = ({ rowsCreated, rowsUpdated, rowsFailed }) =>
	`${rowsCreated} new, ${rowsUpdated} updated, ${rowsFailed} refused`;

const tell = {
	upload({ vehicles, fleet }) {
		row('Upload', [
			`form: ${vehicles.fileName} (import ${vehicles.id}): ${rows(vehicles)}`,
			`API:  ${fleet.fileName} (import ${fleet.id}): ${rows(fleet)}`,
		]);
	},
	store({ vehicles, customers, edited }) {
		row('Store', [
			`${vehicles.length} vehicles and ${customers.length} customers`,
			`one created, read, updated (${edited.updated.make} ${edited.updated.model}), and deleted`,
		]);
	},
	attach({ attached }) {
		const customers = new Set(attached.map(({ customerId }) => customerId));
		row('Customers', [`${attached.length} vehicles attached to ${customers.size} customers`]);
	},
};

function tellFeed({ title, tasks, messages, firings, mails, logs, createdTasks }) {
	row(title, [
		`${messages} messages of 4 vehicles, each sent twice: ${firings.length} firings`,
		...firings.map(({ id, ruleName, evidence }) => `firing ${id}: ${ruleName} ${JSON.stringify(evidence)}`),
		`emails: ${mails.length}   log entries: ${logs.length}   tasks: ${createdTasks.map((task) => task.title).join(', ')}`,
		`"${tasks.canceled.title}" is ${tasks.canceled.state}: its rule stayed quiet`,
	]);
}

/** Prints what one step of the standard flow brought about. */
export function tellStep(name, facts) {
	(tell[name] ?? tellFeed)(facts);
}

/** The mail as the mail server received it. */
export function showMail({ raw }) {
	say();
	say(`  ${bold('The email as it was received')}`);
	say();
	for (const line of raw.trimEnd().split(/\r?\n/)) say(`    ${cyan('│')} ${line}`);
	say();
}
