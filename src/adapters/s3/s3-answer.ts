import { parseXml, type XmlElement } from '@rgrove/parse-xml';

/** What an S3 service answers in place of what it was asked for. */
export class S3AnswerError extends Error {
	constructor(
		readonly status: number,
		/** The service's own, e.g. `NoSuchBucket`; empty where the answer is not one of S3. */
		readonly code: string,
		message: string,
	) {
		super(message);
	}
}

/** The document's root, if it is called `name`. Throws `S3AnswerError`: errors may come with a good status. */
export function parseAnswer(status: number, body: string, name: string): XmlElement {
	const root = tryParse(body);
	if (root?.name === 'Error') throw errorOf(status, root);
	if (root?.name !== name) throw new S3AnswerError(status, '', `the answer is no ${name}`);
	return root;
}

/** The error that a refusing answer tells. `HEAD` has no body to tell it in. */
export function parseRefusal(status: number, body: string): S3AnswerError {
	const root = tryParse(body);
	if (root?.name === 'Error') return errorOf(status, root);
	const isMissing = body === '' && status === 404;
	return new S3AnswerError(status, isMissing ? 'NoSuchKey' : '', `HTTP ${status}`);
}

function errorOf(status: number, root: XmlElement): S3AnswerError {
	return new S3AnswerError(status, childText(root, 'Code'), childText(root, 'Message'));
}

function tryParse(body: string): XmlElement | null {
	try {
		return parseXml(body, { ignoreUndefinedEntities: true }).root;
	} catch {
		return null;
	}
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
	return element.children.filter(
		(child): child is XmlElement => child.type === 'element' && (child as XmlElement).name === name,
	);
}

/** Empty for a child that is not there. */
export function childText(element: XmlElement, name: string): string {
	return childrenOf(element, name)[0]?.text ?? '';
}
