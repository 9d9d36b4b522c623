import type { GeofenceFields } from '../geofence';
import type { RuleFields } from '../rules/rule';

/** Which vehicles a rule watches, named so that another fleet's store finds them too. */
export type FileScope =
	| { readonly vehicles: 'all' | 'tasks' }
	/** External id, else name. */
	| { readonly vehicles: 'customer'; readonly customer: string }
	/** VIN, plate or external id. */
	| { readonly vehicles: 'vehicle'; readonly vehicle: string };

/** A rule as a file tells it: without ids. */
export type FileRule = Omit<RuleFields, 'scope'> & { readonly scope: FileScope };

export interface RuleFile {
	/** For people who read the file. */
	readonly description?: string;
	readonly rules: readonly FileRule[];
	/** Those that the rules name. */
	readonly geofences: readonly GeofenceFields[];
}

/** Line and column count from 1. */
export interface TextPlace {
	readonly line: number;
	readonly column: number;
}

/** What is wrong in a file; the parts without a problem are good. */
export interface FileProblem extends TextPlace {
	/** The rule or geofence that is refused; null when it has no name, or when it is the file itself. */
	readonly name: string | null;
	/** Dotted path within the file; empty for the file as a whole. */
	readonly field: string;
	readonly message: string;
	readonly hint: string;
}

/** A problem on one line, as compilers write it. */
export function problemText({ line, column, name, message, hint }: FileProblem): string {
	return `${line}:${column} ${name === null ? '' : `${name}: `}${message}. ${hint}`;
}
