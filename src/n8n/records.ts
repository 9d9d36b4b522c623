/** Every use case on records, for the Fleet node's operations. */
export { replayRejectedMessage, replayRejectedMessages } from '../app/feed/replay-message';
export { tryFormat } from '../app/feed/try-format';
export * from '../app/records/attach-vehicle';
export * from '../app/records/customers';
export { getStoreMetrics, listFeedRuns } from '../app/records/feed-runs';
export * from '../app/records/firing-actions';
export * from '../app/records/firings';
export {
	createGeofence,
	getGeofence,
	listGeofences,
	listGeofenceTags,
	removeGeofence,
	updateGeofence,
	upsertGeofence,
} from '../app/records/geofences';
export * from '../app/records/import-geofences';
export * from '../app/records/imports';
export * from '../app/records/locate';
export * from '../app/records/logs';
export { cancelTask, completeTask } from '../app/records/move-task';
export {
	getRejectedMessage,
	listRejectedMessages,
	removeRejectedMessage,
	updateRejectedMessage,
} from '../app/records/rejected-messages';
export * from '../app/records/rules';
export * from '../app/records/statuses';
export { attachRuleToTask, detachRuleFromTask } from '../app/records/task-rules';
export * from '../app/records/tasks';
export * from '../app/records/test-rule';
export * from '../app/records/vehicles';
export { pruneFleet } from '../app/retention/prune-fleet';
export { backtestRule } from '../app/rules/backtest-rule';
export { explainRule } from '../app/rules/explain-rule';
export { exportRules } from '../app/rules/export-rules';
export { importRules } from '../app/rules/import-rules';
export { createRuleFromTemplate } from '../app/rules/rule-templates';
export { ruleTemplates } from '../domain/rule-files/rule-templates';
export { adoptTrial, compareTrial, startTrial, stopTrial } from '../app/rules/rule-trial';
export { compareRuleVersions, listRuleVersions, restoreRuleVersion } from '../app/rules/rule-versions';
export { sayRule } from '../app/rules/say-rule';
export { instantIn } from './instant-in';
