import { CHANGE_OPERATORS, COMPARISON_OPERATORS } from './pattern';
import type { ChangeOperator, ComparisonOperator } from './pattern';

export const OPERATORS = [...COMPARISON_OPERATORS, ...CHANGE_OPERATORS] as const;
type Operator = ComparisonOperator | ChangeOperator;

/** How people and other systems write the operators. */
const OTHER_SPELLINGS: Readonly<Record<Operator, readonly string[]>> = {
	eq: ['=', '==', '===', 'is', 'equal', 'equals', 'equalto'],
	ne: ['!=', '!==', '<>', 'neq', 'not', 'isnot', 'notequal', 'notequals', 'differs'],
	lt: ['<', 'less', 'lessthan', 'below', 'smaller', 'under'],
	lte: ['<=', 'le', 'lessorequal', 'lessthanorequal', 'lessthanorequalto', 'atmost', 'max'],
	gt: ['>', 'greater', 'greaterthan', 'above', 'more', 'morethan', 'over', 'larger', 'exceeds'],
	gte: ['>=', 'ge', 'greaterorequal', 'greaterthanorequal', 'greaterthanorequalto', 'atleast', 'min'],
	between: ['range', 'inrange', 'within'],
	in: ['oneof', 'anyof', 'isin', 'list'],
	contains: ['includes', 'has', 'like', 'substring'],
	matches: ['regex', 'regexp', 'match', '~', '=~', 'pattern'],
	withinDays: ['duein', 'dueindays', 'dueby', 'expiresin', 'daysuntil', 'daysleft'],
	exists: ['isset', 'present', 'known', 'notmissing', 'notempty'],
	missing: ['notexists', 'absent', 'unset', 'unknown', 'isempty', 'empty', 'doesnotexist'],
	changed: ['changes', 'change', 'haschanged'],
	changedTo: ['changesto', 'becomes', 'became', 'turns', 'switchedto'],
	increasedBy: ['increasesby', 'rosebyatleast', 'roseby', 'increased', 'up'],
	decreasedBy: ['decreasesby', 'fellby', 'droppedby', 'dropsby', 'decreased', 'down'],
	crossesAbove: ['crossesup', 'crossesupwards', 'risesabove', 'exceededfrombelow'],
	crossesBelow: ['crossesdown', 'crossesdownwards', 'fallsbelow', 'dropsbelow'],
	risesPerMinute: ['rateofchange', 'rate', 'rises', 'increasesperminute'],
	fallsPerMinute: ['falls', 'drops', 'decreasesperminute'],
};

/** The operator that another spelling means; null when it means none. */
export function otherOperator(given: string): Operator | null {
	const plain = given.toLowerCase().replace(/[\s_-]/g, '');
	return OPERATORS.find((operator) => OTHER_SPELLINGS[operator].includes(plain)) ?? null;
}
