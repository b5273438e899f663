// Package terminal asks the person at the terminal, if there is one.
package terminal
