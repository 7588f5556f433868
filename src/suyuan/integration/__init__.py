"""EPCIS, Digital Link, devices, ERP, webhooks."""
