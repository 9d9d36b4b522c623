import type { SubscribeOptions } from '../../app/ports/message-bus';
import { closeClient, openReader, type Reader } from './kafka-client';
import { isPassing, patiently, unlessAborted } from './kafka-errors';
import { groupMember, type Member, type Offsets } from './kafka-member';
import { answerMsOf, type KafkaOptions } from './kafka-options';
import { endOffsets, firstOffsets, startingPositions } from './kafka-positions';
import { readShare, type ShareEnd } from './kafka-share';
import type { Session } from './run-subscription';

/** How long a topic that is created by being asked for may take. */
const CREATION_MS = 3000;
const NOWHERE: Offsets = new Map();
const REPLACED = 'the topic was deleted and made anew: what was not read of it before is gone';

export interface KafkaReading {
	session(session: Session): Promise<void>;
	/** Messages that wait for the group in all of the feed's partitions; null when it is not connected. Rejects when nobody answers. */
	lag(): Promise<number | null>;
}

/** Reads a feed as a member of a group, session by session. */
export function kafkaReading(options: KafkaOptions, feed: string, subscribe: SubscribeOptions): KafkaReading {
	const patienceMs = answerMsOf(options);
	const tellLoss = subscribe.onLoss?.bind(subscribe) ?? (() => undefined);
	/** Where a new group begins. A group that vanishes later took with it what was read: all that is left is new. */
	let begin: Offsets | null = null;
	let live: { readonly reader: Reader; readonly member: Member } | null = null;

	const bounds = async (reader: Reader, member: Member) => {
		const first = await firstOffsets(reader, feed);
		const [end, committed] = await Promise.all([
			endOffsets(reader, feed),
			member.committed([...first.keys()]),
		]);
		return { first, end, committed };
	};

	const awaitTopic = async (reader: Reader, closing: AbortSignal) => {
		const lookUp = async () => {
			const asked = { topics: [feed], autocreateTopics: true, forceUpdate: true };
			await reader.metadata(asked);
			begin ??= subscribe.from === 'now' ? await endOffsets(reader, feed) : NOWHERE;
		};
		await patiently(lookUp, CREATION_MS, closing);
	};

	const read = async (reader: Reader, member: Member, session: Session) => {
		const { closing, ready } = session;
		const settled = async <T>(work: () => Promise<T>) =>
			await unlessAborted(patiently(work, patienceMs, closing, isPassing), closing);
		await unlessAborted(awaitTopic(reader, closing), closing);
		await unlessAborted(member.join(), closing);
		for (;;) {
			const share = await unlessAborted(member.share(), closing);
			try {
				let ended: ShareEnd = 'lost';
				while (ended !== 'ended' && !share.ended.aborted) {
					const known = await settled(async () => await bounds(reader, member));
					if (ended === 'replaced') {
						tellLoss({ count: null, reason: REPLACED });
						begin = NOWHERE;
					}
					const { positions, moved } = startingPositions(
						share.partitions,
						// What was committed, by us a moment ago perhaps, are places of the topic that is gone.
						{ ...known, ...(ended === 'replaced' ? { committed: NOWHERE } : {}), begin: begin ?? NOWHERE },
						tellLoss,
					);
					if (moved.size > 0) await share.commit(moved);
					live = { reader, member };
					ready();
					ended = await readShare({ reader, feed, share, positions, patienceMs }, subscribe, session);
				}
			} catch (error) {
				if (!share.ended.aborted) throw error;
			} finally {
				share.release();
			}
		}
	};

	return {
		session: async (session) => {
			const reader = openReader(options, subscribe.group);
			reader.topics.track(feed);
			const member = groupMember(options, feed, subscribe.group);
			try {
				await read(reader, member, session);
			} catch (error) {
				if (!session.closing.aborted) throw error;
			} finally {
				live = null;
				await Promise.all([member.leave(), closeClient(reader)]);
			}
		},
		lag: async () => {
			if (live === null) return null;
			const { first, end, committed } = await bounds(live.reader, live.member);
			let waiting = 0;
			for (const [partition, last] of end) {
				const place = committed.get(partition) ?? first.get(partition) ?? last;
				waiting += Math.max(0, last - place);
			}
			return waiting;
		},
	};
}
