// Package guard protects servers on this machine from pages that a browser has open: a page of a foreign site must
// neither invoke a function nor read what one has answered, not even if the site's name resolves to this machine.
package guard
