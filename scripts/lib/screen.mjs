import { relative } from 'node:path';
import { addressesOf } from './shipped-addresses.mjs';
import { bold, cyan, dim, elapsed, red, say, yellow } from './terminal.mjs';

function row(title, value, note = '') {
	say(`  ${title.padEnd(14)} ${value}${note && `  ${note}`}`);
}

function shortPath(path) {
	const short = relative(process.cwd(), path);
	return short.startsWith('..') ? path : short;
}

/** What a newcomer needs after `npm start`: where to go, how to get in, what to do next, how to stop. */
export function showRunning(host, startedInMs) {
	const { form, ruleForm, imports, api } = addressesOf(host.url);
	say();
	say(
		`  ${bold('Your fleet manager is running.')}  ${dim(`ready in ${elapsed(startedInMs)} · Ctrl-C stops it`)}`,
	);
	say();
	row('Editor', cyan(host.url));
	row('  login', `${host.ownerEmail}   ${bold(host.ownerPassword)}`);
	if (form) {
		say();
		row('Upload form', cyan(form));
		if (imports) row('Imports', cyan(imports));
		if (ruleForm) row('Rule form', cyan(ruleForm));
		row('  login', `${host.formUser}   ${bold(host.formPassword)}`);
	}
	if (api) {
		say();
		row('Upload API', cyan(api), dim('POST'));
		row('  header', `${host.apiHeader.name}: ${bold(host.apiHeader.value)}`);
	}
	for (const { name, reason } of host.workflows.failed) {
		say();
		say(`  ${red('✗')} "${name}" could not be activated: ${reason}`);
	}
	for (const name of host.workflows.kept) {
		say();
		say(`  ${yellow('!')} "${name}" was changed in the editor and is kept as it is. To get the shipped one,`);
		say('    delete it in the editor and start again.');
	}
	say();
	say(`  ${bold('The next three things to do')}`);
	say(`  1  Open the editor and log in: the shipped workflows are there, and explain themselves.`);
	if (form) say('  2  Open the upload form and give it a CSV, JSON or XLSX file of your vehicles.');
	else say('  2  Make a workflow, add the "Fleet" node and create a vehicle with it.');
	say('  3  In another terminal: npm run demo. It drives the whole flow and shows what happened.');
	say();
	say(`  ${dim(`n8n's log      ${shortPath(host.logFile)}`)}`);
	say(`  ${dim(`data, logins   ${shortPath(host.userFolder)}   (delete the folder to begin anew)`)}`);
	say();
}
