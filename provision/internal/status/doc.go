// Package status describes what is deployed.
package status
