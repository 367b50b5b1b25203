import type { IDataObject } from 'n8n-workflow';

import type { Decision } from './approval';
import { toDecisions } from './approval';
import type { FormField } from './formFields';
import { FREE_TEXT, toFormFields } from './formFields';
import type { ReadParameter } from './readParameter';
import type { ResponseType } from './responseType';

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
export function toQuestion(read: ReadParameter): Question {
	const responseType = read('responseType', 'approval') as ResponseType;
	const message = String(read('message', '') ?? '');
	if (responseType === 'approval') {
		return { title: '', text: message, decisions: toDecisions(read), fields: [], submitLabel: '' };
	}
	const options = read('options', {}) as IDataObject;
	return {
		title: String(options.responseFormTitle ?? ''),
		text: String(options.responseFormDescription || message),
		decisions: [],
		fields: responseType === 'customForm' ? toFormFields(read) : [FREE_TEXT],
		submitLabel: String(options.responseFormButtonLabel || 'Submit'),
	};
}
