import type { INodeTypeDescription } from 'n8n-workflow';

const EXECUTIONS =
	'Those executions show up in the <a data-key="executions">executions list</a>, but not in the editor.';

const WHILE_BUILDING =
	"<b>While building your workflow</b>, click 'execute step', then text your Twilio number. The text shows up in this editor.";

/** What the editor says beside the trigger before there is an event. */
export const triggerPanel: INodeTypeDescription['triggerPanel'] = {
	header: 'Receive texts on your Twilio number',
	executionsHelp: {
		inactive: `${WHILE_BUILDING}<br /><br /><b>Once you're happy with your workflow</b>, publish it. Then every text to the number starts it. ${EXECUTIONS}`,
		active: `${WHILE_BUILDING}<br /><br /><b>Your workflow also runs by itself</b>, since it is published. ${EXECUTIONS}`,
	},
};
