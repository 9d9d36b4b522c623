import { FleetError } from '../../domain/errors';
import type { OperationInput } from '../operation';
import { withScopeIds } from '../read-rule';
import { inEditorWords } from './places';
import type { RuleForm } from './rule-form';
import { ruleFromFields } from './rule-from-fields';

/** What a form says as it stands, for the person who is filling it in. */
export interface FormInWords {
	/** Null while something is wrong. */
	readonly sentence: string | null;
	/** What is wrong, with how to mend it, or what to look at although it is good as it is. */
	readonly remarks: readonly string[];
}

export async function describeForm(
	form: RuleForm,
	desk: Pick<OperationInput, 'fleet' | 'records'>,
): Promise<FormInWords> {
	let rule: Record<string, unknown> = {};
	try {
		rule = ruleFromFields(await withScopeIds(form, desk));
		// A rule that has no name yet can be said all the same.
		const named = { ...rule, name: form.name?.trim() || 'Rule' };
		const { sentence, warnings } = await desk.records.sayRule(desk.fleet, named);
		return { sentence, remarks: warnings };
	} catch (error) {
		const told = inEditorWords(rule, error);
		if (!(told instanceof FleetError)) throw error;
		return { sentence: null, remarks: [`${told.message}. ${told.hint}`] };
	}
}
