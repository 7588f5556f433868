"""The demo plant: a repeatable simulator of an electronics factory that speaks EPCIS 2.0 over HTTP."""
