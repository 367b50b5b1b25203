import type { INodeProperties } from 'n8n-workflow';

import { channelOf } from '../../twilio/phoneNumber';
import { inputError } from '../../twilio/errors';
import { optOutOf } from '../../twilio/optOut';
import type { Addressing } from '../message/addressing';
import type { OperationInput } from '../operation';
import { routesOfSender } from '../phoneNumber/incomingRoute';
import { incomingFinding } from '../phoneNumber/incomingFinding';
import type { Parameters } from '../../shared/parameters';
import { withPlainLineEnds } from './formFields';
import type { Question } from './question';
import type { Accepted } from './submission';

const whereTextIsEnough = { show: { '/responseType': ['approval', 'freeText'] } };

/** Options for an answer that is texted back instead of given on the page. */
export const textReplyOptions: INodeProperties[] = [
	{
		displayName: 'Accept Answer by Text',
		name: 'textReply',
		type: 'boolean',
		default: true,
		displayOptions: whereTextIsEnough,
		description:
			'Whether the person may also text the answer back. A Twilio SMS Trigger of this n8n has to listen to the number that asks. A text answers the newest question to that person; older ones can be answered by their link only. The sender of a text can be forged, while nobody can guess the link: for much money let the link alone decide.',
	},
	{
		displayName: 'Answer by Text: Hint',
		name: 'textReplyHint',
		type: 'string',
		default: '',
		placeholder: 'e.g. Reply YES or NO, or open',
		displayOptions: whereTextIsEnough,
		description:
			'What the text says about it, in front of the link. When empty, it is "Reply YES or NO, or open" or what fits the buttons.',
	},
	{
		displayName: 'Answer by Text: Thank You',
		name: 'textReplyThanks',
		type: 'string',
		default: '',
		placeholder: 'e.g. Thank you!',
		displayOptions: whereTextIsEnough,
		description: 'What to text back to somebody who answered by text. When empty, nothing.',
	},
];

/** Whether the person may text the answer back. */
export function isTextReplyWanted(parameters: Parameters): boolean {
	const responseType = parameters.choice('responseType', 'approval');
	const isEnough = ['approval', 'freeText'].includes(responseType);
	return isEnough && parameters.collection('options').flag('textReply');
}

/** What stands in front of the link, `''` where the link is the only way to answer. */
export function textReplyHint(parameters: Parameters, { decisions }: Question): string {
	if (!isTextReplyWanted(parameters)) return '';
	const options = parameters.collection('options');
	const own = options.text('textReplyHint', 'Answer by Text: Hint').trim();
	if (own) return own;
	if (decisions.length === 0) return 'Reply with your answer, or open';
	const words = decisions.map(({ approves }) => (approves ? 'YES' : 'NO'));
	return `Reply ${words.join(' or ')}, or open`;
}

/** The answer that a text gives, or `undefined` when it gives none. */
export function answerByText({ decisions, fields }: Question, text: string): Accepted | undefined {
	if (isOptOut(text)) return undefined;
	if (decisions.length === 0) {
		const answer = withPlainLineEnds(text).trim();
		return answer ? { data: { [fields[0].key]: answer }, uploads: [] } : undefined;
	}
	const word = fold(text);
	const chosen =
		decisions.find(({ label }) => fold(label) === word) ??
		decisions.find(({ approves }) => WORDS[approves ? 'approve' : 'decline'].includes(word));
	return word && chosen ? { data: { approved: chosen.approves }, uploads: [] } : undefined;
}

const WORDS = { approve: ['yes', 'y', '👍'], decline: ['no', 'n', '👎'] };

// On STOP and HELP Twilio acts itself, and after STOP nothing could be sent any more.
function isOptOut(text: string): boolean {
	return ['STOP', 'HELP'].includes(optOutOf(text, 'sms') ?? '');
}

/** A word without its case and what stands around it; of a sign alone, without its skin tone. */
function fold(text: string): string {
	const plain = text.normalize('NFKC').trim().toLowerCase();
	const word = plain.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
	return word || plain.replace(/[\u{1f3fb}-\u{1f3ff}]|\ufe0f/gu, '');
}

/**
 * Makes sure that a text back would be found: Twilio's log has to hold the question, and the answer
 * has to arrive at a trigger of this n8n.
 *
 * @throws NodeOperationError before anything is sent
 */
export async function requireTextReply(input: OperationInput, address: Addressing): Promise<void> {
	const { parameters } = input;
	const options = parameters.collection('options');
	const problem =
		problemWithOptions(options) ??
		problemWithSender(address) ??
		(await problemWithRoute(input, address));
	if (!problem) return;
	throw inputError(
		parameters.node,
		`The answer could not come by text: ${problem[0]}`,
		`Nothing was sent. ${problem[1]} Or remove the option "Accept Answer by Text": the link in the text then is the only way to answer.`,
	);
}

type Problem = [what: string, remedy: string];

function problemWithOptions(options: Parameters): Problem | undefined {
	if (options.flag('shortenUrls')) {
		return [
			'the option "Shorten URLs" replaces the link by which n8n knows the question',
			'Remove that option.',
		];
	}
	const isHidden =
		options.choice('contentRetention', 'retain') === 'discard' ||
		options.choice('addressRetention', 'retain') === 'obfuscate';
	if (!isHidden) return undefined;
	return [
		"n8n finds the question in Twilio's log, and the options hide it there",
		'Remove the options "Content Retention" and "Address Retention".',
	];
}

function problemWithSender({ From = '' }: Addressing): Problem | undefined {
	if (!/[a-z]/i.test(From) || channelOf(From) !== 'sms') return undefined;
	return [
		`nobody can text back to the sender ID "${From}"`,
		'Choose a phone number as the sender.',
	];
}

async function problemWithRoute(
	input: OperationInput,
	address: Addressing,
): Promise<Problem | undefined> {
	for (const route of await routesOfSender(input.n8n.getNode(), input.twilio, address)) {
		const { reachesN8n, isUnsure, reason, whatToDo } = await incomingFinding(input, route, null);
		if (reachesN8n || isUnsure) continue;
		return [`${reason[0].toLowerCase()}${reason.slice(1)}`, whatToDo ?? ''];
	}
	return undefined;
}
