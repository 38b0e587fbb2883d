import "./addresses.js";
import "./areas.js";
import "./charts-when-needed.js";
import "./keyboard.js";
import "./menus.js";
import "./once.js";
import "./passkeys.js";
import "./plans.js";
