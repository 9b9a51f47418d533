// An answer as a chart, a network or a timeline, drawn from the rows that stand in the table beside it.

import { onResize, picture } from "./pictures/common.js";
import { drawChart } from "./answer/chart.js";
import { drawNetwork } from "./answer/network.js";
import { drawTimeline } from "./answer/timeline.js";

const DRAW = { chart: drawChart, network: drawNetwork, timeline: drawTimeline };

const parts = picture("answer");
const draw = parts && DRAW[parts.data.view];
if (draw) {
  const again = draw(parts);
  onResize(parts.box, again);
}
