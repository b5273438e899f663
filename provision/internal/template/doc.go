// Package template describes a service as a CloudFormation template: a file a feature of its functions.
package template
