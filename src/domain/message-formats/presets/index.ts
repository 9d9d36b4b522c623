import type { MessageFormat, PresetName } from '../message-format';
import type { Preset } from '../preset';
import { gtfsRealtime } from './gtfs-realtime';
import { obd2 } from './obd2';
import { rfms } from './rfms';
import { samsara } from './samsara';
import { smartcar } from './smartcar';
import { traccar } from './traccar';

const BY_NAME: Readonly<Record<Exclude<PresetName, 'custom'>, Preset>> = {
	fleet: {},
	traccar,
	samsara,
	smartcar,
	rfms,
	gtfsRealtime,
	obd2,
};

export const presetOf = (format: MessageFormat): Preset =>
	format.preset === 'custom' ? { mapping: format.mapping } : BY_NAME[format.preset];
