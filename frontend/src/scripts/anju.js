import "./addresses.js";
import "./keyboard.js";
import "./menus.js";
