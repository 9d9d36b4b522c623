export interface HostOptions {
	readonly userFolder: string;
	readonly port?: number;
	readonly env?: Readonly<Record<string, string>>;
	readonly smtpPort?: number;
	readonly workflowsFolder?: string;
	readonly onProgress?: (doing: string) => void;
	/** Told as soon as there is something to end; `pid` leads its own process group. */
	readonly onStarted?: (stop: () => Promise<void>, pid: number) => void;
}

export interface RunningHost {
	readonly url: string;
	readonly port: number;
	/** Of n8n's main process, which leads its own process group. */
	readonly pid: number;
	readonly userFolder: string;
	/** The folder whose files the shipped workflows may read. */
	readonly inboxFolder: string;
	readonly logFile: string;
	/** Of the mail server that the shipped credential "Fleet mail" names; left out: the usual one. */
	readonly smtpPort?: number;
	readonly ownerEmail: string;
	readonly ownerPassword: string;
	readonly formUser: string;
	readonly formPassword: string;
	readonly apiHeader: { readonly name: string; readonly value: string };
}

export interface Host extends RunningHost {
	readonly workflows: {
		/** Names of the shipped workflows that this start brought in and activated. */
		readonly imported: string[];
		/** Names of those that it brought in and left for the operator to activate. */
		readonly inactive: string[];
		/** Names of those that were changed in the editor and therefore left alone. */
		readonly kept: string[];
		/** Those that n8n refused to activate, with its reason. */
		readonly failed: { readonly name: string; readonly reason: string }[];
	};
	/** Settles when n8n is gone, for whatever reason. */
	readonly hasEnded: Promise<unknown>;
	/** Ends n8n and all that it started; resolves when they are gone. */
	stop(): Promise<void>;
}

export function startHost(options: HostOptions): Promise<Host>;
export function runningHost(userFolder: string): RunningHost | null;
export function prepareHost(): Promise<{ node: string; n8nFolder: string }>;
