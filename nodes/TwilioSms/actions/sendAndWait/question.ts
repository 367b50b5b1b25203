import type { Parameters } from '../../shared/parameters';
import type { Decision } from './approval';
import { toDecisions } from './approval';
import type { FormField } from './formFields';
import { FREE_TEXT, toFormFields } from './formFields';
import type { ResponseType } from './fields';

/** What the page asks. It has either decisions or fields. */
export interface Question {
	title: string;
	text: string;
	decisions: Decision[];
	fields: FormField[];
	/** On the button that sends the fields. */
	submitLabel: string;
}

/** @throws Error when the form that the user defined cannot be shown */
export function toQuestion(parameters: Parameters): Question {
	const responseType = parameters.choice<ResponseType>('responseType', 'approval');
	const message = parameters.text('message', 'Message');
	const options = parameters.collection('options');
	const title = options.text('responseFormTitle', 'Response Form Title');
	if (responseType === 'approval') {
		const decisions = toDecisions(parameters);
		return { title, text: message, decisions, fields: [], submitLabel: '' };
	}
	return {
		title,
		text: options.text('responseFormDescription', 'Response Form Description') || message,
		decisions: [],
		fields: responseType === 'customForm' ? toFormFields(parameters) : [FREE_TEXT],
		submitLabel: options.text('responseFormButtonLabel', 'Response Form Button Label') || 'Submit',
	};
}
