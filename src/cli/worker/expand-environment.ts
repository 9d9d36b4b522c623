import { InvalidFieldError } from '../../domain/errors';
import { nearestName } from '../../domain/nearest-name';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The value with each `${NAME}` in its texts replaced by that environment variable, so that passwords need not stand
 * in files; `$${` is a plain `${`. Variables that are not set are reported, with the path of the text.
 */
export function expandEnvironment(
	value: unknown,
	environment: Environment,
	report: (error: InvalidFieldError) => void,
	field = '',
): unknown {
	if (typeof value === 'string') {
		return value.replace(/\$(\$?)\{([^}]*)\}/g, (whole, escape: string, name: string) => {
			if (escape !== '') return whole.slice(1);
			const found = environment[name];
			if (found !== undefined) return found;
			report(unset(field, name, environment));
			return whole;
		});
	}
	if (Array.isArray(value)) {
		return value.map((entry, index) => expandEnvironment(entry, environment, report, `${field}[${index}]`));
	}
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => {
			const path = field === '' ? name : `${field}.${name}`;
			return [name, expandEnvironment(entry, environment, report, path)];
		}),
	);
}

function unset(field: string, name: string, environment: Environment): InvalidFieldError {
	const nearest = nearestName(name, Object.keys(environment));
	return new InvalidFieldError(
		field,
		`The environment variable ${name} in ${field} is not set`,
		`${nearest === null ? '' : `Did you mean ${nearest}? `}Set it where the worker is started, or write $\${ for a plain \${.`,
	);
}
