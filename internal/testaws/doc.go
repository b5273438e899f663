// Package testaws provides a stand-in for AWS to tests: one moto server for each test binary, patched to
// do what CloudFormation, Lambda and S3 do where moto does not; an account of its own for each test;
// and a proxy that spoils the calls a test names.
package testaws
