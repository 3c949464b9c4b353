/** Uses the package in n8n's editor in Chromium, as a person would. Each import adds the tests of one subject. */
import './credential.cts';
import './nodesPanel.cts';
import './node.cts';
import './countries.cts';
import './lists.cts';
import './maxWait.cts';
import './nextNode.cts';
import './requestOptions.cts';
import './trigger.cts';
import './publishing.cts';
import './canvas.cts';
