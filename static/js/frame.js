/* The frame's script, on every page: starts the pieces of a page, and moves quietly between pages. `make setup` puts
   it and what it imports into static/app/frame.js, small and in one file; without that step a phone gets these files
   as they stand. */

import "./controllers.js";
import "./navigation.js";
import "./signal.js";
