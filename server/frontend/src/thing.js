// On pages of things: references open the words they stand for.

import { quoteSlips } from "./thing/slips.js";

quoteSlips();
