"""The hostile experiment: what does hostile input cost, and is it said what is wrong with it?"""
