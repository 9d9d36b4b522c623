/** A line of the product's source, and what stands there instead. It must be in its file exactly once. */
export interface Replacement {
	/** From the repository's root. */
	readonly file: string;
	readonly from: string;
	readonly to: string;
}

/** A defect that the checks must find. */
export interface Mutant {
	readonly name: string;
	/** The process that gets it. */
	readonly of: 'worker' | 'mailer';
	readonly replacements: readonly Replacement[];
	/** Runs in the short version, too. */
	readonly isShort: boolean;
}

const TAKE_NEW = 'src/app/feed/take-new.ts';
const RUN_FEED = 'src/app/feed/run-feed.ts';
/** Between the acknowledgement and the commit, so that a kill hits it and not its luck. */
const WINDOW = 'await new Promise((done) => setTimeout(done, 300));';

export const MUTANTS: readonly Mutant[] = [
	{
		name: 'inbox off',
		of: 'worker',
		isShort: true,
		replacements: [{ file: TAKE_NEW, from: 'fresh.has(message.messageId)', to: 'message !== null' }],
	},
	{
		name: 'acknowledged before the commit',
		of: 'worker',
		isShort: true,
		replacements: [
			{ file: RUN_FEED, from: 'await ack();', to: '' },
			{ file: RUN_FEED, from: 'await bell.takeBatch(', to: `await ack(); ${WINDOW} await bell.takeBatch(` },
		],
	},
	{
		name: 'the last write wins',
		of: 'worker',
		isShort: true,
		replacements: [
			{
				file: 'src/domain/merge-status.ts',
				from: 'report.reportedAt > known.reportedAt ||',
				to: 'report !== known ||',
			},
			{
				file: 'src/domain/release-reports.ts',
				from: 'if (newest !== null && report.reportedAt < newest.reportedAt - allowedDelayMs) return true;',
				to: '',
			},
		],
	},
	{
		name: "a firing's state is not kept",
		of: 'worker',
		isShort: false,
		replacements: [
			{ file: 'src/app/feed/save-firings.ts', from: 'await saveStates(session, runs);', to: '' },
		],
	},
	{
		name: "an action's lease is ignored",
		of: 'mailer',
		isShort: true,
		replacements: [
			{
				file: 'src/adapters/store/repositories/action-repository.ts',
				from: `("leaseUntil" IS NULL OR "leaseUntil" <= ?)`,
				to: `("leaseUntil" IS NULL OR ? > 0)`,
			},
		],
	},
	{
		name: 'each attempt has another Message-ID',
		of: 'mailer',
		isShort: false,
		replacements: [
			{
				file: 'src/domain/action.ts',
				from: 'return `firing-',
				to: 'return `${Math.random()}-firing-',
			},
		],
	},
];
