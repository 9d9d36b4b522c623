export function addressesOf(
	url: string,
	folder?: string,
): { readonly form: string; readonly ruleForm: string; readonly imports: string; readonly api: string };
