a
 *\d+ +1 +:BEGIN b

