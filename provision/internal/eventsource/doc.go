// Package eventsource adds what invokes functions to a template: their permissions and their event source mappings.
package eventsource
