//go:build mage

package main

import (
	//mage:import
	_ "github.com/go-sparta/sparta/spartamage"
)
