// Package physicalname checks the names that resources of a template will have in AWS.
package physicalname
