// On every page, and small: what helps wherever one is. All of it can be done without.

import { copyButtons } from "./site/copying.js";
import { searchKey } from "./site/keys.js";
import { suggestions } from "./site/suggestions.js";

searchKey();
suggestions();
copyButtons();
