// Package browser tests the console in Chromium. It is a module of its own, so that nobody else needs the driver.
package browser
